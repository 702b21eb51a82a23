/** What an export replaces, beyond the secrets that are never in it. */
export interface Masks {
  /** Hosts and IP addresses: the same placeholder wherever the same host occurs. */
  readonly hosts: boolean;
  readonly connectionIds: boolean;
  readonly emails: boolean;
  /** Numbers with six or more digits, such as those of phones, accounts and cards. */
  readonly numbers: boolean;
  /** JSONPath expressions (RFC 9535): what they find in the payload of a message is replaced. */
  readonly fields: readonly string[];
}

export const NO_MASKS: Masks = {
  hosts: false,
  connectionIds: false,
  emails: false,
  numbers: false,
  fields: [],
};

export const masksAny = ({ hosts, connectionIds, emails, numbers, fields }: Masks): boolean =>
  hosts || connectionIds || emails || numbers || fields.length > 0;
