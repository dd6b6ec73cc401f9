# docker build -t seenby . && docker run -p 127.0.0.1:8080:8080 -v seenby:/data --name seenby seenby
# docker exec seenby cat /data/admin.token
#
# scripts/container/try.sh builds and tries it without Docker.

FROM debian:trixie-slim AS build
# for a network whose proxy signs certificates itself: --build-arg EXTRA_CA="$(cat ca.pem)"
ARG EXTRA_CA
RUN apt-get update \
  && apt-get install -y --no-install-recommends binutils ca-certificates maven openjdk-25-jdk-headless \
  && echo "$EXTRA_CA" > /usr/local/share/ca-certificates/extra.crt \
  && update-ca-certificates
# The modules were found by trying: "jdeps" names more of them, for parts of the libraries that the server does not use.
RUN jlink --output /opt/java --compress zip-6 --strip-java-debug-attributes --no-header-files --no-man-pages \
    --add-modules java.logging,java.management,java.naming,java.net.http,jdk.management,jdk.unsupported \
  && find /opt/java -name '*.debuginfo' -delete \
  && find /opt/java -name '*.so' -exec strip --strip-unneeded {} +
WORKDIR /build
COPY pom.xml ./
COPY scripts/lua scripts/lua
COPY src/main src/main
RUN mvn -B -ntp -Pimage -Dmaven.test.skip package

FROM debian:trixie-slim
# Debian's Valkey in place of the Redis in the jar: a new build of the image brings Debian's security updates of it.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libstdc++6 valkey-server zlib1g \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --no-create-home --uid 10001 --shell /usr/sbin/nologin seenby \
  && install -d -m 0700 -o seenby -g seenby /data
COPY --from=build /opt/java /opt/java
WORKDIR /seenby
COPY --from=build /build/target/seenby.jar ./
ENV PATH=/opt/java/bin:$PATH \
    SEENBY_REDIS_EXECUTABLE=/usr/bin/valkey-server
# An archive of the classes that a server has loaded when it is ready: a start takes a third of the time. A heap of more
# than 32 GB, which a large machine gets by default, would make one that smaller machines cannot use.
RUN set -e; java -Xmx256m -XX:AOTCacheOutput=seenby.aot -jar seenby.jar --data.dir=/tmp/data & server=$!; \
  until java -jar seenby.jar health 2> /dev/null; do kill -0 $server; sleep 1; done; \
  kill $server; wait $server; rm -r /tmp/data

LABEL org.opencontainers.image.title="Seenby" \
      org.opencontainers.image.description="Group messages over plain HTTP, where a sender sees who has read each one" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
# You can mount a configuration at /seenby/config.properties. These variables win over it.
ENV SEENBY_HTTP_HOST=0.0.0.0 \
    SEENBY_HTTP_PORT=8080 \
    SEENBY_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["java", "-XX:AOTCache=seenby.aot", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "seenby.jar", "health"]

# java is the first process, so that it gets the SIGTERM of "docker stop", answers open polls and shuts Redis down.
ENTRYPOINT ["java", "-XX:AOTCache=seenby.aot", "-XX:+ExitOnOutOfMemoryError", "-jar", "seenby.jar"]
