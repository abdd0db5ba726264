# give state: Created, but never started
