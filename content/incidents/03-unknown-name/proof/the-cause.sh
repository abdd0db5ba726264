# give why: Both are on the default bridge, where names are not looked up
