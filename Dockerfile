# docker build -t seenby . && docker run -p 127.0.0.1:8080:8080 -v seenby:/data --name seenby seenby
# docker exec seenby cat /data/admin.token
#
# Debian, because the Redis in the jar needs glibc and OpenSSL 3.

FROM debian:trixie-slim AS build
RUN apt-get update \
  && apt-get install -y --no-install-recommends maven openjdk-25-jdk-headless \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY pom.xml ./
COPY scripts/lua scripts/lua
COPY src/main src/main
RUN mvn -B -ntp -Dmaven.test.skip package

FROM debian:trixie-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends curl libssl3t64 openjdk-25-jre-headless \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --no-create-home --uid 10001 --shell /usr/sbin/nologin seenby \
  && install -d -m 0700 -o seenby -g seenby /data
WORKDIR /seenby
COPY --from=build /build/target/seenby.jar ./

# You can mount a configuration at /seenby/config.properties. These variables win over it.
ENV SEENBY_HTTP_HOST=0.0.0.0 \
    SEENBY_HTTP_PORT=8080 \
    SEENBY_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD curl -fsS -o /dev/null "http://127.0.0.1:$SEENBY_HTTP_PORT/readyz"

# java is the first process, so that it gets the SIGTERM of "docker stop", answers open polls and shuts Redis down.
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-jar", "seenby.jar"]
