# answer: ctr -n moby task ls
ctr task ls
