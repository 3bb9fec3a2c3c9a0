"""The rules of the assessment service, which know no tool."""
