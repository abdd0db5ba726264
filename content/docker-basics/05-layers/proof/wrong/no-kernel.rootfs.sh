# answer: what an image holds
# give no-kernel: The rootfs: /bin, /etc, /usr and so on
