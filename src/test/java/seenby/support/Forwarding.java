package seenby.support;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What proxies have in common: threads that pass on the bytes of connections. */
public final class Forwarding {
    private Forwarding() {}

    /** Sees bytes before they pass, and may make them wait. */
    public interface Observer {
        /** Returns when the bytes may pass. Throws to end the connection instead. */
        void pass(String bytes) throws IOException;
    }

    public static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Forwards one direction until it ends or the observer ends it, and then closes both connections. */
    public static void pump(Socket from, Socket to, Observer observer) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                observer.pass(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException broken) {
            // both connections are closed, so both ends notice
        }
    }
}
