"""What is handed out, as rows and plain data: nothing of persons but what the public site shows of them."""
