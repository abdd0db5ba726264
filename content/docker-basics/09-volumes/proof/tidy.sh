# for gone
docker volume rm notes
# for in-use
# give in-use: A container still has it mounted
