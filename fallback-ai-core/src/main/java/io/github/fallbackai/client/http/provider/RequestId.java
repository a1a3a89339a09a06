// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.List;
import java.util.regex.Pattern;

import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * The id with which a provider's support finds a request.
 */
public final class RequestId {

	private static final List<String> HEADERS = List.of("x-request-id", "request-id", "apim-request-id",
			"x-amzn-requestid", "cf-ray");

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

	private RequestId() {
	}

	/**
	 * Looks for the id.
	 * @param head the response's head
	 * @return the id, or {@code null} if no header holds one that looks like an id
	 */
	public static @Nullable String of(ResponseHead head) {
		for (String name : HEADERS) {
			String value = head.header(name);
			if (value != null && ID.matcher(value).matches()) {
				return value;
			}
		}
		return null;
	}

}
