package io.github.fallbackai.client.http.netty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.fuzz.FuzzTarget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A response that is no success is a typed failure in every dialect, whatever its body
 * says. The caller is at fault only if the status says that the request was refused.
 */
public final class RefusalReading implements FuzzTarget {

	private static final List<Integer> STATUSES = List.of(400, 401, 402, 403, 404, 408, 409, 410, 413, 422, 424, 429,
			498, 500, 502, 503, 529, 302, 599, 451);

	private static final Set<FailureKind> OF_THE_CALLER = Set.of(FailureKind.INVALID_REQUEST,
			FailureKind.CONTEXT_LENGTH_EXCEEDED, FailureKind.CONTENT_FILTERED);

	@Override
	public void read(byte[] input) {
		int choice = (input.length > 0) ? input[0] & 0xFF : 0;
		byte[] body = (input.length > 0 && choice < ' ') ? Arrays.copyOfRange(input, 1, input.length) : input;
		int status = STATUSES.get((choice + input.length) % STATUSES.size());
		for (Dialect dialect : StandardDialects.all()) {
			Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
			ReadAnswer answer = ReadAnswer.of(dialect, new ResponseHead(status, headers), body, Pieces.of(input));
			answer.check();
			assertThat(answer.failure()).isNotNull();
			assertThat(answer.failure().httpStatus()).isEqualTo(status);
			if (status < 400 || status == 401 || status == 429 || status == 503) {
				assertThat(OF_THE_CALLER).doesNotContain(answer.failure().kind());
			}
		}
	}

}
