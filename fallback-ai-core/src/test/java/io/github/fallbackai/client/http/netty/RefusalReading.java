// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.catalogue.KnownCodes;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.fuzz.FuzzTarget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A response that is no success is a typed failure in every dialect, whatever its body
 * says. The caller is at fault only if the status says that the request was refused, or
 * the provider's own code names what is wrong with it.
 */
public final class RefusalReading implements FuzzTarget {

	private static final List<Integer> STATUSES = List.of(400, 401, 402, 403, 404, 408, 409, 410, 413, 422, 424, 429,
			498, 500, 502, 503, 529, 302, 599, 451);

	private static final Set<Integer> NEVER_OF_THE_CALLER = Set.of(302, 401, 429, 503);

	private static final Set<FailureKind> OF_THE_CALLER = Set.of(FailureKind.INVALID_REQUEST,
			FailureKind.CONTEXT_LENGTH_EXCEEDED, FailureKind.CONTENT_FILTERED);

	@Override
	public void read(byte[] input) {
		int choice = (input.length > 0) ? input[0] & 0xFF : 0;
		byte[] body = (input.length > 0 && choice < ' ') ? Arrays.copyOfRange(input, 1, input.length) : input;
		int status = STATUSES.get((choice + input.length) % STATUSES.size());
		for (Dialect dialect : StandardDialects.all()) {
			Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
			ResponseHead head = new ResponseHead(status, headers);
			ReadAnswer answer = ReadAnswer.of(dialect, head, body, Pieces.of(input));
			answer.check();
			assertThat(answer.failure()).isNotNull();
			assertThat(answer.failure().httpStatus()).isEqualTo(status);
			if (NEVER_OF_THE_CALLER.contains(status) && !namesTheRequest(ErrorReport.of(head, body))) {
				assertThat(OF_THE_CALLER).doesNotContain(answer.failure().kind());
			}
		}
	}

	private static boolean namesTheRequest(ErrorReport report) {
		return Stream
			.of(KnownCodes.find(report.code()), KnownCodes.find(report.type()), KnownCodes.findNumber(report.code()))
			.anyMatch((meaning) -> meaning != null && OF_THE_CALLER.contains(meaning.kind()));
	}

}
