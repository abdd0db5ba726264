# give spares: Volumes
