<?php
header('Content-Type: text/plain');
foreach (explode(',', $_GET['show']) as $name) {
    echo $name, '=', ($_SERVER[$name] ?? '') === '' ? '-' : $_SERVER[$name], "\n";
}
