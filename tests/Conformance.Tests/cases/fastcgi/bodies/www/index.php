<?php
header('Content-Type: text/plain');
switch ($_GET['do'] ?? '') {
    case 'big':
        for ($i = 0; $i < 2000; $i++) { echo str_repeat(chr(97 + $i % 26), 1024); }
        break;
    case 'length':
        header('Content-Length: 5');
        echo 'hello';
        break;
    case 'slow':
        foreach (['one ', 'two ', 'three'] as $word) { echo $word; flush(); usleep(200000); }
        break;
    case 'fields':
        http_response_code(418);
        header('X-One: 1');
        header('Set-Cookie: a=1', false);
        header('Set-Cookie: b=2', false);
        header('X-Accel-Redirect: /secret');
        header('X-Accel-Buffering: no');
        echo 'teapot';
        break;
    case 'elsewhere':
        header('Location: /there?a=%2F');
        break;
    case 'nothing':
        http_response_code(204);
        break;
    case 'unchanged':
        http_response_code(304);
        header('ETag: "x"');
        break;
    case 'complain':
        error_log('a complaint of the script');
        echo 'done';
        break;
    default:
        echo $_SERVER['REQUEST_METHOD'], ' ', $_SERVER['CONTENT_LENGTH'] ?? '', ' ', $_SERVER['CONTENT_TYPE'] ?? '', ' ', md5(file_get_contents('php://input')), "\n";
}
