"""What `cosigne run` brings with it, so that nothing has to be installed beside Python."""
