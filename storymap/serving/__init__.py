"""Preview a site while it is written: built into memory, served on loopback, reloaded in the browser at each save.

Between `checking` and `cli`, which alone prints. Nothing of it reaches a site that is written::

    watching      tells what was saved
    preview       builds anew, and keeps the last good site
    pages         what is sent for an address: a file of the site, its missing page, or the page for mistakes
    listeners     tell open pages what they should show now
    guard         turns away requests that other sites send through the reader's browser
    app           answers requests
    ports         find a free port
    server        runs all of it until it is stopped
"""
