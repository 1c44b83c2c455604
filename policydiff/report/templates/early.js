// Tells the style that the script will run: what it is going to hide need not be laid out first.
document.documentElement.className = "js";
