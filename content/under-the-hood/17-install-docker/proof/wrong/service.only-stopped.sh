# answer: does not answer
service docker stop
