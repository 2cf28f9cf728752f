namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>
/// The directives of sites, as Caddy's sources parse them (caddyconfig/httpcaddyfile and modules/caddyhttp of 2.6.0 to 2.11.4). A line is
/// <c>name arguments [matcher] [site] [response] [since=2.x] [until=2.y] [modules]</c>: how many arguments it takes, whether a matcher may stand
/// before them, whether it belongs to the top of a site or to <c>handle_response</c> alone, the first release that knows it, the first one that
/// doesn't, and whether its first argument names one of the words in its block. <c>...</c> takes any line, <c>use</c> another list.
/// </summary>
internal static class SiteWords
{
    public const string Text = """
        directives {
        	bind 0+ site {
        		protocols 1+ since=2.9
        	}
        	tls 0-2 site {
        		use tls
        	}
        	log 0-1 site {
        		use log
        		hostnames 1+ since=2.7
        		no_hostname 0 since=2.8
        	}
        	handle_errors 0+ site {
        		use directives
        	}
        	import 1+
        	abort 0 matcher
        	acme_server 0 matcher {
        		ca 1
        		lifetime 1 since=2.6.3
        		resolvers 1+ since=2.7
        		challenges 0+ since=2.8 {
        			... 0
        		}
        		allow_wildcard_names 0 since=2.8
        		sign_with_root 0 since=2.8
        		allow 0 since=2.8 {
        			domains 1+
        			ip_ranges 1+
        		}
        		deny 0 since=2.8 {
        			domains 1+
        			ip_ranges 1+
        		}
        	}
        	basicauth 0-2 matcher {
        		... 1-2
        	}
        	basic_auth 0-2 matcher since=2.8 {
        		... 1-2
        	}
        	copy_response 0-1 matcher response {
        		status 1
        	}
        	copy_response_headers 0 matcher response {
        		include 1+
        		exclude 1+
        	}
        	encode 0+ matcher {
        		gzip 0-1
        		zstd 0-1 {
        			level 1 since=2.11.3
        			disable_checksum 0 since=2.11.3
        		}
        		br 0-1
        		minimum_length 1
        		prefer 1+ until=2.7
        		match 0+ {
        			use response_matchers
        		}
        	}
        	error 1-2 matcher {
        		message 1
        	}
        	file_server 0-1 matcher {
        		fs 1+
        		root 1
        		hide 1+
        		index 1+
        		browse 0-1 {
        			reveal_symlinks 0 since=2.8
        			sort 1-2 since=2.9
        			file_limit 1 since=2.9
        		}
        		precompressed 0+
        		status 1
        		disable_canonical_uris 0
        		pass_thru 0
        		etag_file_extensions 1+ since=2.8
        	}
        	forward_auth 0+ matcher {
        		uri 1
        		copy_headers 0+ {
        			... 0-1
        		}
        		use reverse_proxy
        	}
        	fs 1 matcher since=2.8
        	handle 0 matcher {
        		use directives
        	}
        	handle_path 0 matcher {
        		use directives
        	}
        	header 0-3 matcher {
        		defer 0
        		match 0+ since=2.9 {
        			use response_matchers
        		}
        		... 0-2
        	}
        	intercept 0 matcher since=2.8 {
        		@ 0+ {
        			use response_matchers
        		}
        		replace_status 1-2
        		handle_response 0-1 {
        			use directives
        		}
        	}
        	invoke 1 matcher since=2.7
        	log_append 2 matcher since=2.8
        	log_name 1+ matcher since=2.8
        	log_skip 0 matcher since=2.8
        	map 1+ matcher {
        		default 1+
        		... 1+
        	}
        	method 1 matcher
        	metrics 0 matcher {
        		disable_openmetrics 0
        	}
        	php_fastcgi 0+ matcher {
        		root 1
        		split 1+
        		env 2
        		index 1
        		try_files 1+
        		resolve_root_symlink 0
        		dial_timeout 1
        		read_timeout 1
        		write_timeout 1
        		capture_stderr 0
        		use reverse_proxy
        	}
        	push 0-1 matcher {
        		headers 0 {
        			... 0-2
        		}
        		... 0-1
        	}
        	redir 1-2 matcher
        	request_body 0 matcher {
        		max_size 1
        		read_timeout 1 since=2.8
        		write_timeout 1 since=2.8
        		set 1 since=2.10
        	}
        	request_header 1-3 matcher {
        		... 0-2 since=2.8
        	}
        	respond 0-2 matcher {
        		body 1
        		close 0
        	}
        	reverse_proxy 0+ matcher {
        		use reverse_proxy
        	}
        	rewrite 1 matcher
        	root 1 matcher
        	route 0 matcher {
        		use directives
        	}
        	skip_log 0 matcher
        	templates 0 matcher {
        		mime 1+
        		between 2
        		root 1
        		extensions 0 since=2.7.6 {
        			... 0+
        		}
        	}
        	tracing 0 matcher {
        		span 1
        		span_attributes 0 since=2.11 {
        			... 1
        		}
        	}
        	try_files 1+ {
        		policy 1
        	}
        	uri 1-4 matcher {
        		... 0+ since=2.8
        	}
        	vars 0-2 matcher {
        		... 1
        	}
        }
        matchers {
        	client_ip 1+ since=2.7
        	expression 1+
        	file 0+ {
        		root 1
        		try_files 1+
        		try_policy 1
        		split_path 1+
        	}
        	header 1-2
        	header_regexp 2-3
        	host 1+
        	method 1+
        	not 0+ {
        		use matchers
        	}
        	path 1+
        	path_regexp 1-2
        	protocol 1
        	query 1+
        	remote_ip 1+
        	tls 0-1 since=2.9
        	vars 2+
        	vars_regexp 2-3
        }
        response_matchers {
        	status 1+
        	header 1-2
        }
        """;
}
