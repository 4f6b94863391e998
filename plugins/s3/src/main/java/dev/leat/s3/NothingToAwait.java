package dev.leat.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends empty bodies without asking for leave first: a server that has nothing to read grants none,
 * and the JDK's HTTP client then waits for seconds.
 */
final class NothingToAwait implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    boolean empty =
        context
            .requestBody()
            .flatMap(body -> body.optionalContentLength())
            .filter(length -> length == 0)
            .isPresent();
    return empty
        ? context.httpRequest().toBuilder().removeHeader("Expect").build()
        : context.httpRequest();
  }
}
