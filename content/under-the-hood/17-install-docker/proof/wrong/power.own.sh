# answer: does not know who asks
# give power: Only what concerns her own containers
