namespace Confgen.Targets.Caddy.Syntax.Catalogue;

/// <summary>Global options, logs and TLS (caddyconfig/httpcaddyfile, modules/logging, modules/caddytls). The lines are as in <see cref="SiteWords"/>.</summary>
internal static class ServerWords
{
    public const string Text = """
        globals {
        	import 1+
        	acme_ca 1
        	acme_ca_root 1
        	acme_dns 0+ {
        		... 0+
        	}
        	acme_eab 0 {
        		key_id 1
        		mac_key 1
        	}
        	admin 0-1 {
        		enforce_origin 0
        		origins 1+
        	}
        	auto_https 1+
        	cert_issuer 1+ modules {
        		use issuers
        	}
        	cert_lifetime 1 since=2.8
        	debug 0
        	default_bind 0+ {
        		protocols 1+ since=2.9
        	}
        	default_sni 1
        	dns 1+ since=2.10 {
        		... 0+
        	}
        	ech 1+ since=2.10 {
        		... 0+
        	}
        	email 1
        	events 0 {
        		on 2+ {
        			... 0+
        		}
        	}
        	fallback_sni 1 since=2.7
        	filesystem 1+ since=2.8 {
        		... 0+
        	}
        	grace_period 1
        	http_port 1
        	https_port 1
        	key_type 1
        	local_certs 0
        	log 0-1 {
        		use log
        		include 1+
        		exclude 1+
        	}
        	metrics 0 since=2.9 {
        		per_host 0
        		observe_catchall_hosts 0 since=2.11
        		otlp 0+ since=2.11.3 {
        			... 0+
        		}
        	}
        	ocsp_interval 1
        	ocsp_stapling 1
        	on_demand_tls 0 {
        		ask 1
        		permission 1+ since=2.8 {
        			... 0+
        		}
        		interval 1
        		burst 1
        	}
        	order 2-3
        	persist_config 1 since=2.6.3
        	pki 0 {
        		ca 0-1 {
        			name 1
        			root_cn 1
        			intermediate_cn 1
        			intermediate_lifetime 1 since=2.6.3
        			maintenance_interval 1 since=2.11
        			renewal_window_ratio 1 since=2.11
        			root 0 {
        				cert 1
        				key 1
        				format 1
        			}
        			intermediate 0 {
        				cert 1
        				key 1
        				format 1
        			}
        		}
        	}
        	preferred_chains 0+ {
        		root_common_name 1+
        		any_common_name 1+
        	}
        	renew_interval 1
        	renewal_window_ratio 1 since=2.11
        	servers 0-1 {
        		name 1 since=2.6.3
        		listener_wrappers 0 {
        			... 0+ {
        				... 0+
        			}
        		}
        		packet_conn_wrappers 0 since=2.11 {
        			... 0+ {
        				... 0+
        			}
        		}
        		timeouts 0 {
        			read_body 1
        			read_header 1
        			write 1
        			idle 1
        		}
        		keepalive_interval 1
        		keepalive_idle 1 since=2.11
        		keepalive_count 1 since=2.11
        		max_header_size 1
        		enable_full_duplex 0 since=2.7
        		log_credentials 0
        		protocol 0 until=2.8 {
        			allow_h2c 0
        			strict_sni_host 0-1
        		}
        		protocols 1+
        		strict_sni_host 0-1
        		trusted_proxies 1+ since=2.6.3 {
        			... 0+
        		}
        		trusted_proxies_strict 0 since=2.8
        		trusted_proxies_unix 0 since=2.11
        		client_ip_headers 1+ since=2.7
        		metrics 0 {
        			per_host 0 since=2.9
        		}
        		trace 0 since=2.8
        		0rtt 1 since=2.11
        	}
        	shutdown_delay 1
        	skip_install_trust 0
        	storage 1+ {
        		... 0+
        	}
        	storage_check 1 since=2.9
        	storage_clean_interval 1
        	tls_resolvers 1+ since=2.11
        }
        log {
        	output 1+ modules {
        		stdout 0
        		stderr 0
        		discard 0
        		net 1 {
        			dial_timeout 1
        			soft_start 0 since=2.7
        		}
        		file 1 {
        			mode 1 since=2.9
        			dir_mode 1 since=2.11.2
        			roll_disabled 0
        			roll_size 1
        			roll_uncompressed 0
        			roll_compression 1 since=2.11.2
        			roll_local_time 0
        			roll_keep 1
        			roll_keep_for 1
        			roll_interval 1 since=2.11
        			roll_minutes 1+ since=2.11
        			roll_at 1+ since=2.11
        			backup_time_format 1 since=2.11
        		}
        	}
        	core 1+ since=2.9 {
        		... 0+
        	}
        	sampling 0 since=2.9 {
        		interval 1
        		first 1
        		thereafter 1
        	}
        	format 1+ modules {
        		use encoders
        	}
        	level 1
        }
        encoders {
        	console 0 {
        		use encoder
        	}
        	json 0 {
        		use encoder
        	}
        	filter 0 {
        		wrap 1+ {
        			use encoder
        		}
        		fields 0 {
        			... 1+ {
        				... 0+
        			}
        		}
        		... 1+ since=2.8 {
        			... 0+
        		}
        	}
        	append 0 since=2.8 {
        		wrap 1+ {
        			use encoder
        		}
        		fields 0 {
        			... 1
        		}
        		... 1
        	}
        	journald 0 since=2.11.3 {
        		wrap 1+ {
        			use encoder
        		}
        	}
        }
        encoder {
        	message_key 1
        	level_key 1
        	time_key 1
        	name_key 1
        	caller_key 1
        	stacktrace_key 1
        	line_ending 1
        	time_format 1
        	time_local 0
        	duration_format 1
        	level_format 1
        }
        tls {
        	protocols 1-2
        	ciphers 0+
        	curves 0+
        	client_auth 0 {
        		mode 1
        		trusted_ca_cert 1
        		trusted_ca_cert_file 1
        		trusted_leaf_cert 1
        		trusted_leaf_cert_file 1
        		trust_pool 1+ since=2.8 modules {
        			use trust_pools
        		}
        		verifier 1+ since=2.8 {
        			... 0+
        		}
        	}
        	alpn 1+
        	load 0+
        	ca 1
        	ca_root 1
        	key_type 1
        	eab 2
        	issuer 1+ modules {
        		use issuers
        	}
        	get_certificate 1+ {
        		... 0+
        	}
        	dns 0+ {
        		... 0+
        	}
        	resolvers 1+
        	propagation_delay 1 since=2.6.3
        	propagation_timeout 1 since=2.6.3
        	dns_ttl 1 since=2.6.3
        	dns_challenge_override_domain 1
        	on_demand 0
        	reuse_private_keys 0 since=2.8
        	force_automate 0 since=2.9
        	insecure_secrets_log 1
        	renewal_window_ratio 1 since=2.11
        }
        issuers {
        	acme 0-1 {
        		dir 1
        		test_dir 1
        		email 1
        		profile 1 since=2.10
        		timeout 1
        		disable_http_challenge 0
        		disable_tlsalpn_challenge 0
        		distributed 1 since=2.11
        		alt_http_port 1
        		alt_tlsalpn_port 1
        		eab 2
        		trusted_roots 1+
        		dns 0+ {
        			... 0+
        		}
        		propagation_delay 1
        		propagation_timeout 1
        		resolvers 1+
        		dns_ttl 1 since=2.6.3
        		dns_challenge_override_domain 1
        		preferred_chains 0+ {
        			root_common_name 1+
        			any_common_name 1+
        		}
        		lifetime 1 since=2.8
        	}
        	internal 0 {
        		ca 1
        		lifetime 1
        		sign_with_root 0
        	}
        	zerossl 0-1 {
        		... 0+
        	}
        }
        trust_pools {
        	inline 0 {
        		trust_der 1+
        	}
        	file 0+ {
        		pem_file 1+
        	}
        	pki_root 0+ {
        		authority 1+
        	}
        	pki_intermediate 0+ {
        		authority 1+
        	}
        	storage 0+ {
        		storage 1+
        		keys 1+
        	}
        	http 0+ {
        		... 0+ {
        			... 0+
        		}
        	}
        	system 0 since=2.11.3
        	combined 0 since=2.11.3 {
        		source 1+ modules {
        			use trust_pools
        		}
        	}
        }
        """;
}
