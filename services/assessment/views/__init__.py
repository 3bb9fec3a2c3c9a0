"""The questions asked of the assessment service, one view each."""
