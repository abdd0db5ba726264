# for fat-or-slim
printf 'FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=20\nRUN rm /big\n' | docker build -t fat -
printf 'FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=20 && rm /big\n' | docker build -t slim -
# for why-fat
# give why-fat: The layer with the file is still there, under one that hides it
