"""Background work (后台工作): what takes longer than a page may, with its progress, result or error told to who asked."""
