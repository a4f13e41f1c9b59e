"""The verslag on paper, as Qt paints it: the PDF for where there is no LibreOffice."""
