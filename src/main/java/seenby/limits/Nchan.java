package seenby.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import seenby.measurement.ChildProcess;
import seenby.measurement.ProcessUsage;
import seenby.platform.Ports;

/** Nchan, a hub for long polls as a module of nginx, in its own process. It keeps messages in memory. */
public final class Nchan implements AutoCloseable {
    /**
     * One worker, because a channel belongs to one. Messages that came meanwhile arrive in one answer, as with Seenby.
     */
    private static final String CONFIGURATION = """
            load_module %s;
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 8192;
            pid nginx.pid;
            error_log stderr;
            events {
              worker_connections 8192;
            }
            http {
              access_log off;
              keepalive_requests 1000000000;
              keepalive_timeout 600;
              client_body_temp_path bodies;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d backlog=4096;
                location ~ ^/pub/(.+)$ {
                  nchan_publisher;
                  nchan_channel_id $1;
                  nchan_message_buffer_length 1000;
                }
                location ~ ^/sub/(.+)$ {
                  nchan_subscriber longpoll;
                  nchan_channel_id $1;
                  nchan_subscriber_first_message oldest;
                  nchan_longpoll_multipart_response raw;
                }
              }
            }
            """;

    private final ChildProcess nginx;
    private final int port;

    private Nchan(ChildProcess nginx, int port) {
        this.nginx = nginx;
        this.port = port;
    }

    /**
     * Starts it. It accepts requests when this returns.
     *
     * @param module the file {@code ngx_nchan_module.so}
     * @param directory takes its files
     */
    public static Nchan start(Path module, Path directory) throws IOException, InterruptedException {
        int port = Ports.free();
        Path configuration = Files.createDirectories(directory).resolve("nginx.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(module.toAbsolutePath(), port));
        ChildProcess nginx = ChildProcess.launch(
                directory.resolve("nginx.log"),
                List.of("nginx", "-p", directory.toString(), "-c", configuration.toString(), "-e", "stderr"));
        nginx.awaitListener(port);
        return new Nchan(nginx, port);
    }

    public int port() {
        return port;
    }

    /** What its worker uses. */
    public ProcessUsage usage() {
        return nginx.usageOfChild();
    }

    @Override
    public void close() {
        nginx.close();
    }
}
