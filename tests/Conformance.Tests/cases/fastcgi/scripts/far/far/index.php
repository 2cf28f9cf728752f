<?php require __DIR__ . "/../../www/show.inc";
