<?php require __DIR__ . "/../show.inc";
