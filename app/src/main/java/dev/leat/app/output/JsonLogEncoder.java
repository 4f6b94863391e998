package dev.leat.app.output;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Log events as {@link MessageJson} has them, with {@code logger}, {@code thread} and {@code
 * stack}.
 */
public final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
  private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();

  @Override
  public void start() {
    stacks.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("logger", event.getLoggerName());
    facts.put("thread", event.getThreadName());
    if (event.getThrowableProxy() != null) {
      facts.put("stack", stacks.convert(event));
    }
    String line =
        MessageJson.of(
            Instant.ofEpochMilli(event.getTimeStamp()),
            event.getLevel().toString(),
            event.getFormattedMessage(),
            facts);
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
