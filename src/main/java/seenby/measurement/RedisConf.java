package seenby.measurement;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seenby.redis.Redis;

/** The configuration of an embedded Redis. Only this file has its port and password, which are new at each start. */
public final class RedisConf {
    private RedisConf() {}

    public static Redis connect(Path file) throws IOException {
        return Redis.at(url(file));
    }

    public static URI url(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            Map<String, String> values = lines.map(line -> line.split(" ", 2))
                    .filter(words -> words.length == 2)
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
            return URI.create("redis://:" + values.get("requirepass") + "@127.0.0.1:" + values.get("port"));
        }
    }
}
