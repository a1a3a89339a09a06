// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.fallbackai.gateway.face.GatewayError;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers requests below the gateway's path for which neither the gateway nor the
 * application has a route, in the form that clients of OpenAI's or Anthropic's API
 * expect. It comes after all other handlers, so that it hides none of them.
 */
public final class UnmatchedPaths implements WebExceptionHandler, Ordered {

	private final String basePath;

	private final List<Route> routes;

	/**
	 * Creates a handler.
	 * @param settings where the gateway is
	 */
	public UnmatchedPaths(GatewaySettings settings) {
		this.basePath = settings.basePath();
		this.routes = GatewayPaths.ALL.stream()
			.map((path) -> new Route(path.method(),
					PathPatternParser.defaultInstance.parse(this.basePath + path.pattern())))
			.toList();
	}

	/** Before the one of Spring Boot. */
	@Override
	public int getOrder() {
		return -2;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		if (!noHandlerAnswered(exchange, error) || exchange.getResponse().isCommitted()) {
			return Mono.error(error);
		}
		Set<HttpMethod> allowed = this.routes.stream()
			.filter((route) -> route.path().matches(path))
			.map(Route::method)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		if (!allowed.isEmpty() && !allowed.contains(exchange.getRequest().getMethod())) {
			exchange.getResponse().getHeaders().setAllow(allowed);
			return ErrorAnswer.write(refused(405, "method_not_allowed", "This path takes no such method."),
					exchange.getRequest().getHeaders(), exchange.getResponse());
		}
		if (!isBelowBasePath(path.value())) {
			return Mono.error(error);
		}
		return ErrorAnswer.write(
				refused(404, "unknown_url",
						"There is no such path. The gateway has " + existing() + " below " + this.basePath + "."),
				exchange.getRequest().getHeaders(), exchange.getResponse());
	}

	private static String existing() {
		return GatewayPaths.ALL.stream()
			.map(GatewayPaths.GatewayPath::pattern)
			.filter((path) -> path.indexOf('{') < 0)
			.collect(Collectors.joining(", "));
	}

	/** With an empty base path, nearly all paths belong to the application. */
	private boolean isBelowBasePath(String path) {
		return !this.basePath.isEmpty() && (path.equals(this.basePath) || path.startsWith(this.basePath + "/"));
	}

	/** If a handler of the application was found and answers 404, that is its answer. */
	private static boolean noHandlerAnswered(ServerWebExchange exchange, Throwable error) {
		return error instanceof NoResourceFoundException
				|| (error instanceof ResponseStatusException status && status.getStatusCode() == HttpStatus.NOT_FOUND
						&& exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) == null);
	}

	private static GatewayError refused(int status, String code, String message) {
		return new GatewayError(status, GatewayError.INVALID_REQUEST, code, null, message, null);
	}

	private record Route(HttpMethod method, PathPattern path) {

	}

}
