# answer: not in base
rm /lab/base/old
