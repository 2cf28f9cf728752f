alone()
