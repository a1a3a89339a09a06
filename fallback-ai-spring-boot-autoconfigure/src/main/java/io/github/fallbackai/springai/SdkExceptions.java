// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

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

	/** How Azure's SDK says it: the status, then the body in quotes. */
	private static final Pattern AZURE = Pattern.compile("Status code \\d+, \"(\\{.*})\"", Pattern.DOTALL);

	private SdkExceptions() {
	}

	/**
	 * What an exception reports.
	 * @return {@code null} if it has no status
	 */
	static @Nullable ErrorReport report(Throwable error) {
		Integer status = status(error);
		if (status == null || status < 300 || status > 599) {
			return null;
		}
		ResponseHead head = new ResponseHead(status, (name) -> header(error, name));
		Matcher azure = AZURE.matcher((error.getMessage() != null) ? error.getMessage() : "");
		return azure.find() ? ErrorReport.of(head, azure.group(1).getBytes(StandardCharsets.UTF_8))
				: ErrorReport.of(head, body(error));
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

	private static ObjectNode body(Throwable error) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		ObjectNode told = body.putObject("error").put("message", error.getMessage());
		for (String member : List.of("code", "type", "param")) {
			if (get(error, member) instanceof Optional<?> value && value.isPresent()) {
				told.put(member, value.get().toString());
			}
		}
		if (get(get(error, "awsErrorDetails"), "errorCode") instanceof String code) {
			told.put("code", code);
		}
		Object code = grpcCode(error);
		if (code != null) {
			told.put("status", code.toString());
		}
		return body;
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

	private static @Nullable Object get(@Nullable Object target, String name, String... argument) {
		Class<?>[] types = (argument.length > 0) ? new Class<?>[] { String.class } : new Class<?>[0];
		Method method = (target != null) ? ReflectionUtils.findMethod(target.getClass(), name, types) : null;
		if (method == null || method.getReturnType() == void.class) {
			return null;
		}
		try {
			ReflectionUtils.makeAccessible(method);
			return ReflectionUtils.invokeMethod(method, target, (Object[]) argument);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
