<?php
switch ($_GET['do'] ?? '') {
    case 'die':
        http_response_code(500);
        echo 'the script says 500';
        break;
    case 'missing':
        http_response_code(404);
        echo 'the script says 404';
        break;
    case 'sleep':
        sleep(3);
        break;
    default:
        header('Content-Type: text/plain');
        echo 'fine';
}
