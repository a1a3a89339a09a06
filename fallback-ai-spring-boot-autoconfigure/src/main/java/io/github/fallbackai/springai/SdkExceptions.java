// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reads the exceptions of the providers' own SDKs by the methods that they have, without
 * a dependency on them: openai-java, anthropic-java, the AWS SDK, Azure's, Google's
 * genai, gax and gRPC. An exception without such a method is none of them.
 */
final class SdkExceptions {

	/**
	 * Those of gRPC, as Google maps them.
	 * @see <a href=
	 * "https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto">code.proto</a>
	 */
	private static final Map<String, Integer> GRPC = Map.ofEntries(Map.entry("INVALID_ARGUMENT", 400),
			Map.entry("FAILED_PRECONDITION", 400), Map.entry("OUT_OF_RANGE", 400), Map.entry("UNAUTHENTICATED", 401),
			Map.entry("PERMISSION_DENIED", 403), Map.entry("NOT_FOUND", 404), Map.entry("ABORTED", 409),
			Map.entry("ALREADY_EXISTS", 409), Map.entry("RESOURCE_EXHAUSTED", 429), Map.entry("INTERNAL", 500),
			Map.entry("UNKNOWN", 500), Map.entry("DATA_LOSS", 500), Map.entry("UNIMPLEMENTED", 501),
			Map.entry("UNAVAILABLE", 503), Map.entry("DEADLINE_EXCEEDED", 504));

	/** With these, gRPC also tells that its connection failed. */
	private static final Set<String> PERHAPS_CONNECTION = Set.of("UNAVAILABLE", "UNKNOWN", "INTERNAL");

	/** How Azure's SDK says it: the status, then the body in quotes, or what it was. */
	private static final Pattern AZURE = Pattern.compile("Status code \\d+, (?:\"(.*)\"|\\(.*\\))", Pattern.DOTALL);

	/** Google's genai also has the reason phrase of HTTP there. */
	private static final Pattern WORD = Pattern.compile("[A-Z]+(?:_[A-Z]+)*");

	/** The members of an error of which only providers have any. */
	private static final List<String> MEMBERS = List.of("code", "type", "param");

	private static final String OPENAI = "com.openai.errors.OpenAIServiceException";

	private static final int MOST_CAUSES = 20;

	private SdkExceptions() {
	}

	/**
	 * What an exception reports.
	 * @return {@code null} if it has no status, or if that only stands for its cause
	 */
	static @Nullable ErrorReport report(Throwable error) {
		Integer status = status(error);
		if (status == null || status < 200 || status > 599) {
			return null;
		}
		Object code = grpcCode(error);
		if (code != null && PERHAPS_CONNECTION.contains(code.toString()) && connectionFailed(error)) {
			return null;
		}
		ResponseHead head = new ResponseHead(status, (name) -> header(error, name));
		Matcher azure = AZURE.matcher((error.getMessage() != null) ? error.getMessage() : "");
		if (azure.find()) {
			String body = azure.group(1);
			return (body != null) ? ErrorReport.of(head, body.getBytes(StandardCharsets.UTF_8)) : ErrorReport.of(head);
		}
		JsonNode kept = kept(error);
		if (kept != null && kept.isTextual() && !head.success()) {
			return ErrorReport.of(head, kept.textValue().getBytes(StandardCharsets.UTF_8));
		}
		JsonNode body = (kept != null) ? whole(error, kept) : null;
		if (body != null && (!head.success() || ErrorReport.describesError(body))) {
			return ErrorReport.of(head, body);
		}
		ObjectNode told = told(error);
		boolean provider = !told.isEmpty() || hasMessage(error);
		if (!provider && head.success()) {
			// That is an error only if a provider says so, which it does within a stream.
			return null;
		}
		told.put("message", error.getMessage());
		// The message alone may be that of a proxy.
		return ErrorReport.of(head, provider ? JsonNodeFactory.instance.objectNode().set("error", told) : told);
	}

	/** Whether a server for tokens does not accept who asks: RFC 6749, section 5.2. */
	static boolean refusesCredentials(@Nullable Throwable error) {
		Integer status = (error != null) ? status(error) : null;
		return status != null && (status == 400 || status == 401 || status == 403);
	}

	/** Whether an object is of a class of that name, or of one below it. */
	static boolean is(Object object, String name) {
		Class<?> type = object.getClass();
		while (type != null && !type.getName().equals(name)) {
			type = type.getSuperclass();
		}
		return type != null;
	}

	/**
	 * What the SDKs of OpenAI and Anthropic keep of the body: JSON, also if it was a
	 * text.
	 */
	private static @Nullable JsonNode kept(Throwable error) {
		Object kept = get(error, "body");
		return (get(kept, "isMissing") instanceof Boolean missing && !missing
				&& get(kept, "convert", JsonNode.class) instanceof JsonNode body) ? body : null;
	}

	/**
	 * The SDK of OpenAI keeps what is in the body's {@code error}, or all of a body that
	 * has none. An object with nothing but a message may be either one. It is read as all
	 * of the body, because proxies write such bodies.
	 */
	private static JsonNode whole(Throwable error, JsonNode kept) {
		boolean object = kept.isObject() && !kept.has("error") && !kept.has("errors")
				&& MEMBERS.stream().anyMatch(kept::has);
		return (is(error, OPENAI) && (object || kept.isTextual()))
				? JsonNodeFactory.instance.objectNode().set("error", kept) : kept;
	}

	/** Google's genai has no message if the provider wrote none. */
	private static boolean hasMessage(Throwable error) {
		return get(error, "message") instanceof String message && !message.isBlank();
	}

	private static boolean connectionFailed(Throwable error) {
		Throwable cause = error.getCause();
		for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
			// That of Google's HTTP client is one, but has a status.
			if (cause instanceof IOException && status(cause) == null) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static @Nullable Integer status(Throwable error) {
		for (String name : List.of("statusCode", "getStatusCode", "code")) {
			if (get(error, name) instanceof Integer status) {
				return status;
			}
		}
		if (get(get(error, "getResponse"), "getStatusCode") instanceof Integer status) {
			return status;
		}
		Object code = grpcCode(error);
		return (code != null) ? GRPC.get(code.toString()) : null;
	}

	/** Gax has it as the code of a status code, gRPC as the code of a status. */
	private static @Nullable Object grpcCode(Throwable error) {
		Object code = get(get(error, "getStatusCode"), "getCode");
		return (code != null) ? code : get(get(error, "getStatus"), "getCode");
	}

	/** The words that only a provider uses. */
	private static ObjectNode told(Throwable error) {
		ObjectNode told = JsonNodeFactory.instance.objectNode();
		for (String member : MEMBERS) {
			if (get(error, member) instanceof Optional<?> value && value.isPresent()
					&& !value.get().toString().isBlank()) {
				told.put(member, value.get().toString());
			}
		}
		if (get(get(error, "awsErrorDetails"), "errorCode") instanceof String code) {
			told.put("code", code);
		}
		Object status = grpcCode(error);
		if (status == null && get(error, "status") instanceof String word && WORD.matcher(word).matches()) {
			status = word;
		}
		if (status != null) {
			told.put("status", status.toString());
		}
		return told;
	}

	private static @Nullable String header(Throwable error, String name) {
		if (get(get(error, "headers"), "values", name) instanceof List<?> values && !values.isEmpty()) {
			return String.valueOf(values.get(0));
		}
		if (get(get(error, "getResponse"), "getHeaderValue", name) instanceof String value) {
			return value;
		}
		Object response = get(get(error, "awsErrorDetails"), "sdkHttpResponse");
		return (get(response, "firstMatchingHeader", name) instanceof Optional<?> value && value.isPresent())
				? value.get().toString() : null;
	}

	private static @Nullable Object get(@Nullable Object target, String name, Object... argument) {
		Class<?>[] types = (argument.length > 0) ? new Class<?>[] { argument[0].getClass() } : new Class<?>[0];
		try {
			// Looking it up fails if a class of a signature is missing.
			Method method = (target != null) ? find(target.getClass(), name, types) : null;
			if (method == null || method.getReturnType() == void.class) {
				return null;
			}
			ReflectionUtils.makeAccessible(method);
			return ReflectionUtils.invokeMethod(method, target, argument);
		}
		catch (RuntimeException | LinkageError ex) {
			return null;
		}
	}

	/**
	 * A native image knows the methods of public types, not those that implement them.
	 */
	private static @Nullable Method find(Class<?> type, String name, Class<?>[] parameters) {
		Method method = ReflectionUtils.findMethod(type, name, parameters);
		for (Class<?> contract : (method == null) ? ClassUtils.getAllInterfacesForClass(type) : new Class<?>[0]) {
			method = (method != null) ? method : ReflectionUtils.findMethod(contract, name, parameters);
		}
		return method;
	}

}
