package seenby.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import seenby.support.Tools;

/**
 * A real nginx or Caddy in front of a server. It runs the configuration in docs/operate.md, with other addresses and
 * with a self-signed certificate, because nobody signs one for this host.
 */
public final class Proxy implements AutoCloseable {
    private static final Markdown SHOWN =
            Markdown.of(Path.of("docs/operate.md")).section("How do I run it behind a proxy?");
    private static final String HOST = "chat.example.org";
    private static final String SERVER = "127.0.0.1:8080";

    private final Process process;
    private final int port;

    private Proxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * The programs, each with the command that runs it on the file {@code site}, and one that works where it is there.
     */
    public enum Program {
        NGINX("nginx -p . -e stderr -c site", "nginx -v && openssl version") {
            @Override
            String site(Path directory, int port) {
                // what a distribution's nginx.conf says around a site; all that it writes lies in the directory
                String around = """
                        user root; daemon off; pid nginx.pid; events {}
                        http { access_log off; client_body_temp_path body; proxy_temp_path proxied;
                        fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                        """;
                new Shell(directory)
                        .run("openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost"
                                + " -keyout privkey.pem -out fullchain.pem 2> openssl.log");
                String here = replaced(shown("nginx"), "listen 443 ", "listen 127.0.0.1:" + port + " ");
                return around + replaced(here, "/etc/ssl/" + HOST, directory.toString()) + "}\n";
            }
        },
        CADDY("caddy run --config site --adapter caddyfile", "caddy version") {
            @Override
            String site(Path directory, int port) {
                String around = "{\n admin off\n skip_install_trust\n auto_https disable_redirects\n}\n";
                return around + replaced(shown("caddy"), HOST, "https://localhost:" + port);
            }
        };

        private final String command;
        private final String tools;

        Program(String command, String tools) {
            this.command = command;
            this.tools = tools;
        }

        abstract String site(Path directory, int port);

        /** Starts it in a directory; where it is missing the test is skipped, on a developer's machine. */
        public Proxy start(Path directory, int server) {
            Tools.require(tools);
            int port = Tools.freePort();
            String site = replaced(site(directory, port), SERVER, "127.0.0.1:" + server);
            ProcessBuilder builder = new ProcessBuilder(command.split(" "))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("proxy.log").toFile());
            builder.environment().put("XDG_DATA_HOME", directory.toString());
            builder.environment().put("XDG_CONFIG_HOME", directory.toString());
            Proxy proxy = new Proxy(started(builder, directory, site), port);
            String ask = "curl -skf --noproxy '*' -o /dev/null " + proxy.url() + "/healthz";
            eventually(name() + " passes on", () -> Tools.work(ask));
            return proxy;
        }

        private static Process started(ProcessBuilder builder, Path directory, String site) {
            try {
                Files.writeString(directory.resolve("site"), site);
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String shown(String language) {
        return SHOWN.blocks(language).get(0);
    }

    private static String replaced(String text, String what, String by) {
        assertTrue(text.contains(what), what + " in " + text);
        return text.replace(what, by);
    }

    public String url() {
        return "https://localhost:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        eventually("the proxy ends", () -> !process.isAlive());
    }
}
