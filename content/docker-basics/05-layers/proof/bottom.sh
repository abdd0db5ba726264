docker run --rm nginx ls -A /boot
# give no-kernel: The bootfs: boot loader and kernel
