# answer: line
runc list
