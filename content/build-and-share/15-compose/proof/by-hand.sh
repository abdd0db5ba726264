# give how-many-commands: 5
