namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>What a reverse proxy's block holds (modules/caddyhttp/reverseproxy). The lines are as in <see cref="SiteWords"/>.</summary>
internal static class ProxyWords
{
    public const string Text = """
        reverse_proxy {
        	@ 0+ {
        		use response_matchers
        	}
        	to 1+
        	dynamic 1+ modules {
        		srv 0-1 {
        			service 1
        			proto 1
        			name 1
        			refresh 1
        			resolvers 1+
        			dial_timeout 1
        			dial_fallback_delay 1
        			grace_period 1 since=2.8
        		}
        		a 0-2 {
        			name 1
        			port 1
        			refresh 1
        			resolvers 1+
        			dial_timeout 1
        			dial_fallback_delay 1
        			versions 1+ since=2.7
        		}
        		multi 0 {
        			... 0+
        		}
        	}
        	lb_policy 1+ modules {
        		client_ip_hash 0 since=2.7
        		cookie 0-2 {
        			fallback 1+ since=2.7
        			max_age 1 since=2.9
        		}
        		first 0
        		header 1 {
        			fallback 1+ since=2.7
        		}
        		ip_hash 0
        		least_conn 0
        		query 1 since=2.7 {
        			fallback 1+
        		}
        		random 0
        		random_choose 0-1
        		round_robin 0
        		uri_hash 0
        		weighted_round_robin 1+ since=2.7
        	}
        	lb_retries 1
        	lb_try_duration 1
        	lb_try_interval 1
        	lb_retry_match 0+ {
        		use matchers
        	}
        	health_path 1
        	health_uri 1
        	health_port 1
        	health_upstream 1 since=2.9
        	health_headers 0 {
        		... 0+
        	}
        	health_method 1 since=2.9
        	health_request_body 1 since=2.9
        	health_interval 1
        	health_timeout 1
        	health_status 1
        	health_body 1
        	health_follow_redirects 0 since=2.8
        	health_passes 1 since=2.8
        	health_fails 1 since=2.8
        	max_fails 1
        	fail_duration 1
        	unhealthy_request_count 1
        	unhealthy_status 1+
        	unhealthy_latency 1
        	flush_interval 1
        	buffer_requests 0 until=2.8
        	buffer_responses 0 until=2.8
        	max_buffer_size 1 until=2.8
        	request_buffers 1 since=2.6.4
        	response_buffers 1 since=2.6.4
        	stream_buffer_size 1 since=2.11.3
        	stream_timeout 1 since=2.7
        	stream_close_delay 1 since=2.7
        	trusted_proxies 1+
        	header_up 1-3
        	header_down 1-3
        	method 1
        	rewrite 1
        	transport 1+ modules {
        		http 0 {
        			read_buffer 1
        			write_buffer 1
        			read_timeout 1
        			write_timeout 1
        			max_response_header 1
        			proxy_protocol 1 since=2.7
        			forward_proxy_url 1 since=2.8
        			network_proxy 1+ since=2.10
        			dial_timeout 1
        			dial_fallback_delay 1
        			response_header_timeout 1
        			expect_continue_timeout 1
        			resolvers 1+
        			tls 0
        			tls_client_auth 1-2
        			tls_curves 1+ since=2.8
        			tls_except_ports 1+
        			tls_insecure_skip_verify 0
        			tls_renegotiation 1
        			tls_server_name 1
        			tls_timeout 1
        			tls_trust_pool 1+ since=2.8 modules {
        				use trust_pools
        			}
        			tls_trusted_ca_certs 1+
        			keepalive 1
        			keepalive_interval 1
        			keepalive_idle_conns 1
        			keepalive_idle_conns_per_host 1
        			versions 1+
        			compression 1
        			max_conns_per_host 1
        			local_address 1 since=2.9
        		}
        		fastcgi 0 {
        			root 1
        			split 1+
        			env 2
        			resolve_root_symlink 0
        			dial_timeout 1
        			read_timeout 1
        			write_timeout 1
        			capture_stderr 0
        		}
        	}
        	handle_response 0-1 {
        		use directives
        	}
        	replace_status 1-2
        	verbose_logs 0 since=2.7.5
        }
        """;
}
