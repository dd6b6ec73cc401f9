package seenby.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
    /** Fills its memory on a thread, while another would go on. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            OutOfMemory.endsTheProcess();
            new Thread(() -> {
                        byte[][] all = new byte[1000][];
                        for (int i = 0; i < all.length; i++) {
                            all[i] = new byte[1 << 20];
                        }
                        System.out.println(all.length);
                    })
                    .start();
        }
    }

    @Test
    void theProcessEndsWithALineThatSaysWhatToDo() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(3, process.waitFor(), printed);
        assertEquals("seenby: Java has no memory left. Give it more, with -Xmx.\n", printed);
    }
}
