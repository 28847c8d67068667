import { hashOfTable } from './resource.js';

/** Small lists of proper names, written for this project; entries are separated by commas. Case matters. */
const LISTS = {
  woman:
    'Mary, Anna, Emma, Sarah, Laura, Julia, Alice, Helen, Karen, Linda, Susan, Nancy, Lisa, Emily, Olivia, Sophie, Rachel, ' +
    'Maria, Diana, Claire, Fiona, Grace, Jane, Kate, Megan, Paula, Ruth, Sandra, Teresa, Victoria, Aisha, Mei, Priya, Yuki',
  man:
    'James, John, Robert, Michael, William, David, Richard, Thomas, Charles, Daniel, Matthew, Paul, Andrew, Kevin, Brian, ' +
    'George, Edward, Peter, Frank, Henry, Jack, Adam, Simon, Oliver, Samuel, Martin, Victor, Hugh, Ian, Neil, Omar, Wei, ' +
    'Arjun, Hiroshi',
  surname:
    'Smith, Johnson, Williams, Brown, Jones, Miller, Davis, Wilson, Anderson, Taylor, Moore, Jackson, Thompson, White, ' +
    'Harris, Clark, Lewis, Robinson, Walker, Young, Allen, King, Wright, Scott, Hill, Green, Adams, Nelson, Baker, Hall, ' +
    'Campbell, Mitchell, Carter, Roberts, Garcia, Martinez, Nguyen, Kim, Patel, Khan',
  country:
    'France, Germany, Italy, Spain, Portugal, Poland, Sweden, Norway, Finland, Denmark, Ireland, Greece, Turkey, Russia, ' +
    'Ukraine, Egypt, Kenya, Nigeria, South Africa, India, Pakistan, China, Japan, South Korea, Vietnam, Thailand, Indonesia, ' +
    'Australia, New Zealand, Canada, Mexico, Brazil, Argentina, Chile, Peru, Cuba, Iran, Iraq, Israel, Saudi Arabia',
  nationality:
    'French, German, Italian, Spanish, Portuguese, Polish, Swedish, Norwegian, Finnish, Danish, Irish, Greek, Turkish, ' +
    'Russian, Ukrainian, Egyptian, Kenyan, Nigerian, Indian, Chinese, Japanese, Korean, Vietnamese, Thai, Australian, ' +
    'Canadian, Mexican, Brazilian, Chilean, Cuban, Iranian, Israeli, American, British',
  city:
    'New York, Los Angeles, Chicago, Houston, Boston, Seattle, Denver, Miami, San Francisco, Toronto, Vancouver, London, ' +
    'Manchester, Dublin, Paris, Berlin, Munich, Rome, Milan, Madrid, Barcelona, Lisbon, Vienna, Prague, Warsaw, Moscow, ' +
    'Istanbul, Cairo, Nairobi, Lagos, Mumbai, Delhi, Beijing, Shanghai, Tokyo, Seoul, Bangkok, Singapore, Sydney, Lima',
};

export type NameKind = keyof typeof LISTS;

/** The lists of names, by kind; people's names first. */
export const nameLists: ReadonlyMap<NameKind, readonly string[]> = new Map(
  Object.entries(LISTS).map(([kind, names]) => [kind as NameKind, names.split(', ')]),
);

/** SHA-256 (hex) of the lists. */
export function hashOfNameLists(): string {
  return hashOfTable(LISTS);
}
