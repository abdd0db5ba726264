docker create --name left busybox true
