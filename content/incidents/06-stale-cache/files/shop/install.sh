# Stands for an installation that takes its time.
echo "installing many packages"
sleep 4
date > /installed
