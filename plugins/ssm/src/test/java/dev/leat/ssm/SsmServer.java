package dev.leat.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks the protocol of Parameter Store, JSON 1.1 over HTTP, for the four actions that are used;
 * pages have two parameters, so that there are several.
 */
final class SsmServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final TreeMap<String, JsonNode> parameters = new TreeMap<>();
  private final Deque<Refusal> refusals = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();

  SsmServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What was asked. */
  record Request(String action, JsonNode body, String authorization) {}

  private record Refusal(int status, String code) {}

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has the next requests fail. */
  synchronized void refuse(int times, int status, String code) {
    for (int i = 0; i < times; i++) {
      refusals.add(new Refusal(status, code));
    }
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Answer answer = answer(target.replace("AmazonSSM.", ""), body, authorization);
      byte[] bytes = JSON.writeValueAsBytes(answer.body);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
      exchange.sendResponseHeaders(answer.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (RuntimeException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private record Answer(int status, JsonNode body) {}

  private synchronized Answer answer(String action, JsonNode body, String authorization) {
    requests.add(new Request(action, body, authorization));
    Refusal refusal = refusals.poll();
    if (refusal != null) {
      return refused(refusal.status, refusal.code, body);
    }
    return switch (action) {
      case "PutParameter" -> put(body);
      case "GetParameter" -> get(body);
      case "GetParametersByPath" -> page(body);
      case "DeleteParameter" ->
          parameters.remove(body.path("Name").asText()) == null
              ? refused(400, "ParameterNotFound", body)
              : new Answer(200, JSON.createObjectNode());
      default -> refused(400, "UnknownOperationException", body);
    };
  }

  /** As AWS does now and then, it repeats what was sent. */
  private static Answer refused(int status, String code, JsonNode body) {
    return new Answer(
        status, JSON.createObjectNode().put("__type", code).put("message", "refused: " + body));
  }

  private Answer put(JsonNode body) {
    String name = body.path("Name").asText();
    JsonNode before = parameters.get(name);
    if (before != null && !body.path("Overwrite").asBoolean()) {
      return refused(400, "ParameterAlreadyExists", body);
    }
    if (body.path("Value").asText().length() > 4096) {
      return refused(400, "ValidationException", body);
    }
    int version = before == null ? 1 : before.path("Version").asInt() + 1;
    ObjectNode parameter = JSON.createObjectNode();
    parameter.put("Name", name);
    parameter.put("Type", body.path("Type").asText());
    parameter.put("Value", body.path("Value").asText());
    parameter.put("Version", version);
    parameter.put("LastModifiedDate", 1.7e9 + version + 0.25);
    parameters.put(name, parameter);
    return new Answer(200, JSON.createObjectNode().put("Version", version).put("Tier", "Standard"));
  }

  private Answer get(JsonNode body) {
    JsonNode found = parameters.get(body.path("Name").asText());
    if (found == null) {
      return refused(400, "ParameterNotFound", body);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.set("Parameter", shown(found, body));
    return new Answer(200, answer);
  }

  private Answer page(JsonNode body) {
    String path = body.path("Path").asText();
    String after = body.path("NextToken").asText("");
    boolean deep = body.path("Recursive").asBoolean();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode page = answer.putArray("Parameters");
    String last = "";
    for (Map.Entry<String, JsonNode> parameter : parameters.tailMap(after, false).entrySet()) {
      String name = parameter.getKey();
      if (!name.startsWith(path) || (!deep && name.indexOf('/', path.length()) >= 0)) {
        continue;
      }
      if (page.size() == PAGE) {
        answer.put("NextToken", last);
        break;
      }
      page.add(shown(parameter.getValue(), body));
      last = name;
    }
    return new Answer(200, answer);
  }

  private static JsonNode shown(JsonNode parameter, JsonNode body) {
    ObjectNode copy = parameter.deepCopy();
    if (!body.path("WithDecryption").asBoolean()
        && parameter.path("Type").asText().equals("SecureString")) {
      copy.put("Value", "AQICAHencrypted");
    }
    return copy;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
