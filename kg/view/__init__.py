"""What the HTML page is made of: the data it shows, where each thing stands, its template, style and script."""
